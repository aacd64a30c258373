from wordkept.case import Case as Case
from wordkept.errors import InputError as InputError
from wordkept.errors import WordkeptError as WordkeptError
from wordkept.model import Assessment as Assessment
from wordkept.model import Baseline as Baseline
from wordkept.model import Estimate as Estimate
from wordkept.model import Verdict as Verdict
from wordkept.notebook.asking import assess as assess
from wordkept.notebook.choices import Choices as Choices
from wordkept.notebook.result import Result as Result

__version__: str
__all__ = [
    "Assessment",
    "Baseline",
    "Case",
    "Choices",
    "Estimate",
    "InputError",
    "Result",
    "Verdict",
    "WordkeptError",
    "__version__",
    "assess",
]
