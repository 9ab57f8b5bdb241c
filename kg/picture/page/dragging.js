/*
 * While a picture of many things is dragged, it is moved as an image; shapes are drawn again when it rests. So the hand
 * feels no delay at any size.
 */
'use strict';

newskg.makeDragging = (network, container, count) => {
  const MOVED_AS_IMAGE = 250;
  let moving = null;

  function takeImage() {
    const canvas = container.querySelector('canvas');
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    copy.getContext('2d').drawImage(canvas, 0, 0);
    moving = { copy, from: network.canvasToDOM({ x: 0, y: 0 }), ratio: canvas.width / canvas.clientWidth };
  }

  /** Draws the image where the hand has moved it; false where nothing is moved as an image. */
  function drawn(context) {
    if (!moving) return false;
    const now = network.canvasToDOM({ x: 0, y: 0 });
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(moving.copy, (now.x - moving.from.x) * moving.ratio, (now.y - moving.from.y) * moving.ratio);
    context.restore();
    return true;
  }

  network.on('dragStart', ({ nodes: held }) => {
    const image = !held.length && count() > MOVED_AS_IMAGE;
    network.setOptions({ interaction: { hideNodesOnDrag: image, hideEdgesOnDrag: image } });
    if (image) takeImage();
  });
  network.on('dragEnd', () => {
    moving = null;
    network.redraw();
  });

  return { drawn, active: () => moving !== null };
};
