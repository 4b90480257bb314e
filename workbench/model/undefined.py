"""Why a coefficient or an overlap has no value: sentences without a full stop (law 10)."""

NO_PAIRS = "no unit was looked at by two coders"
NO_VARIATION = (
    "every coder gave every unit the same answer, so that agreement cannot be told from chance"
)
ONE_VALUE = "there is only one value to choose"
NOT_TWO = "it is for two coders; look at them two at a time, or take Fleiss' kappa or alpha"
ONE_CODER = "a coder gave every unit the same answer, so that kappa is 0 whatever the other did"
NOT_USED = "nobody gave the code"
ALWAYS_USED = "every coder gave the code to every unit"
ONE_TRANSCRIPT = "an interval needs two transcripts or more"
RARE = "too many draws of transcripts give it no value"
NO_SETS = "one code is no set of codes"
MANY_SETS = "there are too many different sets of codes"
DEPENDENT = "characters are not independent units; take the interval"
OVERLAP = "codings of one coder overlap there, and a unit has one code only"
NOT_SHARED = "no words have a code from two coders"
NO_UNIT_SETS = "characters are not units that coders chose codes for; take a turn or a sentence"
OF_SEVERAL = "it is of several codes together"
OF_ONE = "it is of each code"
NOTHING_CITED = "neither version cites any words"
NOT_FINISHED = "not both have finished it"
NOT_OPEN_YET = "the round is blind and not open yet"

REASONS = (
    NO_PAIRS,
    NO_VARIATION,
    ONE_VALUE,
    NOT_TWO,
    ONE_CODER,
    NOT_USED,
    ALWAYS_USED,
    ONE_TRANSCRIPT,
    RARE,
    NO_SETS,
    MANY_SETS,
    DEPENDENT,
    OVERLAP,
    NOT_SHARED,
    NO_UNIT_SETS,
    OF_SEVERAL,
    OF_ONE,
    NOTHING_CITED,
    NOT_FINISHED,
    NOT_OPEN_YET,
)
