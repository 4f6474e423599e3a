"""Exercises that are answered with a letter: predictions, and figures to read."""

from dataclasses import dataclass, field

from .cards import Card, Outcome


@dataclass(eq=False, repr=False)
class Choice:
    """A question with choices; each wrong one says what speaks against it.

    Args:
        id: "2.3" for the third exercise of notebook 02.
        title: a few words.
        minutes: how long it takes, roughly.
        question: what is asked, in the words that the notebook shows.
        choices: dictionary from a letter to (text, why it is right, or what speaks against it).
        answer: the letter of the right one.

    `status` is the session's memory, as in `Exercise`.
    """

    id: str
    title: str
    minutes: int
    question: str
    choices: dict
    answer: str
    difficulty: int = 1
    status: str = field(default="not attempted", init=False)
    verb = "choose"

    @property
    def why(self):
        return self.choices[self.answer][1]

    def choose(self, letter):
        """Judge a letter. `...`, as in the notebook, shows the question and its choices."""
        if letter is ... or letter is None:
            outcome = self._card("not attempted", self._question())
        elif not isinstance(letter, str) or letter.strip().lower() not in self.choices:
            letters = ", ".join(f'"{key}"' for key in self.choices)
            outcome = self._card("not yet", f"The answer is one of the letters {letters}, got `{letter!r}`.")
        else:
            letter = letter.strip().lower()
            label = "correct" if letter == self.answer else "not yet"
            text, reason = self.choices[letter]
            outcome = self._card(label, f"You say: {text}\n{reason}")
        if self.status != "correct" and outcome.status != "not attempted":
            self.status = outcome.status
        return outcome

    def hint(self):
        """There is none: what a learner believes is asked."""
        text = "There is no hint: choose what you believe. The answer says what speaks for it, or against."
        return self._card("hint", text, kind=Card)

    def solution(self):
        """The right choice, and why it is right."""
        text, why = self.choices[self.answer]
        return self._card("solution", f"{self.answer}: {text}\n{why}", kind=Card)

    def _question(self):
        choices = (f"`{letter}`  {text}" for letter, (text, _) in self.choices.items())
        how = f'Put a letter in place of the three dots: `ex.{self.verb}("{next(iter(self.choices))}")`.'
        return "\n".join([self.question, *choices, how])

    def __repr__(self):
        return repr(self._card("exercise", self._question(), kind=Card))

    def _repr_html_(self):
        return self._card("exercise", self._question(), kind=Card)._repr_html_()

    def _card(self, label, text, kind=Outcome):
        return kind(label, f"Exercise {self.id}: {self.title}", text)


class Prediction(Choice):
    """A choice that is made before the figure or number that would give it away."""

    verb = "predict"

    def predict(self, letter):
        """Judge a prediction. `...`, as in the notebook, shows the question and its choices."""
        return self.choose(letter)
