"""Only English is read, and other languages are refused by name instead of being misread."""

import pytest

import kg
from kg.language.english import looks_english

GERMAN = """Die Regierung hat am Montag ein neues Gesetz beschlossen. Bundeskanzler Merz sagte nach einem Treffen mit
den Ministern, dass das Geld noch in diesem Jahr an die Länder gehen werde. Die Opposition kritisierte den Plan und
nannte ihn einen Fehler, den die Bürger teuer bezahlen müssten. Wir werden dagegen klagen, sagte ihr Sprecher."""
FRENCH = """Le gouvernement a annoncé lundi une loi nouvelle. Le ministre a dit après une réunion que l'argent serait
versé cette année aux régions. L'opposition a critiqué ce plan, qu'elle juge trop cher pour les citoyens. Nous irons
devant les tribunaux, a dit sa porte-parole à Paris, avant de quitter la salle avec ses collègues du parti."""
RUSSIAN = "Министр сообщил в понедельник, что порт откроется весной."


@pytest.mark.parametrize("text", [GERMAN, FRENCH, RUSSIAN])
def test_other_languages_are_told_from_english(text):
    assert not looks_english(text)


def test_the_articles_of_the_project_are_english(root):
    texts = [path.read_text(encoding="utf-8") for path in sorted((root / "tests/gold/articles").glob("*.txt"))]
    assert texts and all(looks_english(text) for text in texts)
    assert looks_english("Ann Lee wins Oslo race")


def test_an_article_in_german_is_refused_and_the_others_are_built(tmp_path):
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "en.txt").write_text("Mayor Ann Lee of Oslo said the port would open on Monday.", encoding="utf-8")
    report = kg.build([tmp_path])
    assert report.articles == 1
    assert [failure.cause for failure in report.failures] == ["does not look like English; only English is read"]
