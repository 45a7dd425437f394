"""What the rules on lines to say find in natural English, and what they leave alone."""

from pathlib import Path

import pytest

from good_handbook import GOOD, GoodHandbook
from playbook_press.lint import lint
from playbook_press.load import read_handbook
from playbook_press.model import Limits
from playbook_press.settings import Settings
from small_playbooks import HEAD, codes, saying, text


def test_a_line_of_forty_words_can_be_said_and_one_of_forty_one_cannot(good: GoodHandbook) -> None:
    words = "And " + "so it goes " * 13
    assert good.lint(saying(words.strip())) == []
    [finding] = good.lint(saying(words + "on."))
    assert (finding.code, finding.message) == ("PB401", "41 words are 1 too many to say in one breath")


def test_what_is_sent_in_writing_may_be_longer(good: GoodHandbook) -> None:
    assert good.lint(saying("word " * 41, channel="written")) == []


def test_dashes_are_no_words_and_a_slot_counts_as_its_example(good: GoodHandbook) -> None:
    assert good.lint(saying("word - " * 40)) == []
    slots = "slots: {their-name: {label: Their name, example: Mrs van der Berg}}\n"
    assert codes(good.lint(slots + saying("word " * 36 + "{their-name}"))) == []
    assert codes(good.lint(slots + saying("word " * 37 + "{their-name}"))) == ["PB401"]


def test_a_handbook_sets_its_own_breath(tmp_path: Path) -> None:
    (tmp_path / "book.yml").write_text(saying("One two three four five."), encoding="utf-8")
    handbook = read_handbook(GOOD, Path("good"), [tmp_path / "book.yml"])
    found = lint(handbook, settings=Settings(limits=Limits(longest_line=4)))
    assert "5 words are 1 too many to say in one breath" in {finding.message for finding in found}


@pytest.mark.parametrize(
    "line",
    [
        "You always do this.",
        "I ask for a price and you never answer.",
        "You people keep changing the brief.",
        "You say that every single time.",
        "As everyone knows, that is too much.",
        "Everybody knows that the market is down.",
        "That is obviously too late.",
        "Clearly, you haven't read it.",
        "As I’ve already told you, Friday is the day.",
        "I've already told you why.",
        "As I already explained, we can't.",
        "How often do I have to ask?",
        "You failed to deliver.",
        "You've again failed us.",
        "That's ridiculous.",
        "This is just an insult.",
        "Don't be so childish.",
        "You're being unreasonable.",
        "Sorry, but you're wrong.",
        "You don't even listen.",
        "You ignored my letter.",
        "It's all your fault.",
        "You should have told me.",
        "You ought to know better.",
        "What's wrong with you?",
        "Please calm down.",
        "That's so typical.",
    ],
)
def test_what_puts_people_on_the_defence_is_found(good: GoodHandbook, line: str) -> None:
    assert "PB402" in codes(good.lint(saying(line)))


@pytest.mark.parametrize(
    "line",
    [
        "I always check twice, and I never sign on the day.",
        "Never mind. Let's start again.",
        "You never know. Shall we try?",
        "Have you always worked with them?",
        "Do you always pay in advance?",
        "You always have the option to leave.",
        "You can always come back to us.",
        "I'd like to set it up so you never have to chase me.",
        "If you never got the letter, I'll send it again.",
        "What would you never give up?",
        "Do you people in the north office work on Fridays?",
        "Let's write it down so that everyone knows who does what.",
        "Could you say clearly what you need?",
        "Let me put it clearly: we can't.",
        "It's not obviously better for you.",
        "When I told you Friday, I had the wrong date.",
        "As I said on Monday, we need two weeks.",
        "I've already said yes to the other team.",
        "How often do I have to report?",
        "If we have failed to answer, I'm sorry.",
        "Where have we failed you?",
        "I don't think you're being unreasonable.",
        "I'm not saying you're wrong.",
        "If you're being unfair to yourself, say so.",
        "Tell me where you're stuck, and what that's like.",
        "That's a joke I'd like to hear again.",
        "If you don't understand a clause, please ask.",
        "It's not your fault.",
        "Nobody says that it's your fault alone, and neither do I.",
        "You should have the figures by Friday.",
        "You should have seen my face.",
        "I could do with a minute to calm down.",
        "What's a typical month like?",
        "What's wrong with the second one?",
        "The offer failed to reach you, I hear.",
        "Is it true that this is crazy season for you?",
    ],
)
def test_the_same_words_in_peace_are_left_alone(good: GoodHandbook, line: str) -> None:
    assert codes(good.lint(saying(line))) == []


@pytest.mark.parametrize(
    "line",
    [
        "The discount expires in an hour.",
        "This price is only good today.",
        "It'll be gone by tomorrow.",
        "This is your last chance.",
        "It's now or never.",
        "A once-in-a-lifetime offer.",
        "You have to decide right now.",
        "If you don't sign today, I can't help you.",
        "I have another buyer lined up.",
        "Other candidates are waiting.",
        "Somebody else will snap it up.",
        "Trust me, it's fair.",
        "It's the best there is, trust me.",
        "Only an idiot would refuse.",
        "Any reasonable person would agree.",
        "Anyone with common sense can see it.",
        "You're imagining things.",
        "That never happened.",
        "It's all in your head.",
        "You must have misheard.",
        "You're overreacting.",
        "After all I’ve done for you!",
        "After everything we did, you ask that?",
        "You owe me one.",
        "If you really cared, you'd stay.",
        "If you were a real partner, you'd sign.",
        "I thought we were friends.",
        "Don't you trust me?",
        "You'll regret this.",
        "It would be a shame if your boss heard.",
        "Nobody else would hire you.",
        "You'll never find better.",
        "You should be grateful.",
        "Everyone else has already signed.",
        "I'm not supposed to tell you this.",
    ],
)
def test_what_presses_people_is_found(good: GoodHandbook, line: str) -> None:
    assert "PB702" in codes(good.lint(saying(line)))


@pytest.mark.parametrize(
    "line",
    [
        "My other offer expires on Friday. Could you answer before that?",
        "I have another offer, and I'd rather work here.",
        "This price holds until the end of March.",
        "We have one place left in May, and two people have asked.",
        "It doesn't have to be now or never.",
        "You don't have to decide now.",
        "If you don't agree, tell me where it hurts.",
        "This may be the last chance for me to ask.",
        "Would you trust me with the keys?",
        "You don't have to trust me: ask whoever used it.",
        "What would make you trust me on the dates?",
        "What price were you imagining?",
        "How would you feel if that never happened again?",
        "Which person would decide?",
        "After all, we both want it done by May.",
        "After all we have heard, I'd like a day to think.",
        "What do you think you owe us?",
        "If you really want the blue one, take it.",
        "Once everyone else has read it, I'll sign.",
        "What would you regret if we left it out?",
        "You may find better, and I'd understand.",
        "I'm lucky to have you.",
        "Who else will take part?",
        "Nobody else will take notes, so I shall.",
    ],
)
def test_honest_lines_that_sound_alike_are_left_alone(good: GoodHandbook, line: str) -> None:
    assert codes(good.lint(saying(line))) == []


def test_what_the_other_side_says_may_be_as_blunt_as_life(good: GoodHandbook) -> None:
    blunt = "You never listen. Trust me, any reasonable person would sign."
    script = f"they_say: {text(blunt)}, instead_of: {text(blunt)}, say: What would help?"
    turns = f"[{{who: they, says: {text(blunt)}}}, {{who: you, says: What would help?}}]"
    dialogue = f"{{id: talk, title: A talk, context: sales, turns: {turns}}}"
    playbook = f"{HEAD}scripts:\n  - {{id: ask, stage: open, {script}}}\ndialogues: [{dialogue}]\n"
    assert good.lint(playbook) == []
    you = playbook.replace("who: they", "who: you")
    assert set(codes(good.lint(you))) == {"PB402", "PB702"}


def test_a_phrase_over_two_lines_of_the_file_is_found(good: GoodHandbook) -> None:
    line = "say: |\n      I send it, and you\n      never answer.\n"
    assert codes(good.lint(f"{HEAD}scripts:\n  - id: ask\n    stage: open\n    title: Ask\n    {line}")) == [
        "PB402"
    ]
