"use strict";
// The query editor: YASQE where it loads, a plain text area otherwise; answers as a table whose IRIs are links.

const area = document.getElementById("query");
const answer = document.getElementById("answer");
const said = document.getElementById("said");
const questions = document.getElementById("questions");
const base = answer.dataset.base;
let yasqe = null;
let running = null;

function text() {
  return yasqe ? yasqe.getValue() : area.value;
}

function setText(value) {
  if (yasqe) yasqe.setValue(value);
  else area.value = value;
}

function href(iri) {
  return iri.startsWith(base) ? "/id/" + iri.slice(base.length) : "/resource?iri=" + encodeURIComponent(iri);
}

function element(name, content) {
  const made = document.createElement(name);
  if (content !== undefined) made.textContent = content;
  return made;
}

function cell(term) {
  const made = element("td");
  if (!term) return made;
  if (term.type === "uri") {
    const link = element("a", term.value.startsWith(base) ? term.value.slice(base.length) : term.value);
    link.href = href(term.value);
    made.append(link);
  } else {
    made.textContent = term.value;
  }
  return made;
}

function table(found) {
  const made = element("table");
  const head = made.createTHead().insertRow();
  for (const name of found.head.vars) head.append(element("th", name));
  const body = made.createTBody();
  for (const row of found.results.bindings) {
    const line = body.insertRow();
    for (const name of found.head.vars) line.append(cell(row[name]));
  }
  return made;
}

async function run() {
  if (running) running.abort();
  running = new AbortController();
  said.textContent = "running …";
  answer.replaceChildren();
  const begin = performance.now();
  try {
    const response = await fetch("/sparql", {
      method: "POST",
      headers: { "content-type": "application/sparql-query",
        accept: "application/sparql-results+json, text/turtle;q=0.9" },
      body: text(),
      signal: running.signal,
    });
    const seconds = ((performance.now() - begin) / 1000).toFixed(2);
    if (!response.ok) {
      said.textContent = (await response.text()).trim();
      return;
    }
    if (!(response.headers.get("content-type") || "").includes("json")) {
      answer.append(element("pre", await response.text()));
      said.textContent = seconds + " s";
      return;
    }
    const found = await response.json();
    if ("boolean" in found) {
      said.textContent = (found.boolean ? "yes" : "no") + ", " + seconds + " s";
      return;
    }
    answer.append(table(found));
    said.textContent = found.results.bindings.length + " rows in " + seconds + " s";
    if (!found.results.bindings.length) {
      const hint = await fetch("/hint", { method: "POST", body: text(), signal: running.signal });
      if (hint.ok) said.textContent += ": " + (await hint.text());
    }
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = String(error);
  }
}

async function complete() {
  const words = await (await fetch("/vocabulary.json")).json();
  Yasqe.forkAutocompleter("property", { name: "graph-property", bulk: true, persistenceId: null,
    get: () => Promise.resolve(words.properties) });
  Yasqe.forkAutocompleter("class", { name: "graph-class", bulk: true, persistenceId: null,
    get: () => Promise.resolve(words.classes) });
  const holder = element("div");
  area.before(holder);
  const made = new Yasqe(holder, {
    value: area.value,
    showQueryButton: false,
    createShareableLink: null,
    persistenceId: null,
    autocompleters: ["graph-property", "graph-class", "variables"],
    resizeable: true,
    editorHeight: "300px",
  });
  made.addKeyMap({ "Ctrl-Enter": run, "Cmd-Enter": run });
  area.hidden = true;
  yasqe = made;
}

document.getElementById("run").addEventListener("click", run);
questions.addEventListener("change", () => {
  if (questions.value) setText(area.dataset.prefixes + questions.value);
});
area.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
if (typeof Yasqe !== "undefined") complete().catch((error) => console.warn("plain editor:", error));
