"""A pair as numbers, for the judge's calibration: every value is the same when the statements are swapped."""

from app.relations.finding import Verdict
from app.relations.judge import Pair
from app.relations.reading import read
from app.relations.relation import ReasonType
from app.relations.subjects import residual_cover
from app.relations.symbolic import Comparison

_TYPES = (
    ReasonType.QUANTITY,
    ReasonType.DATE,
    ReasonType.PLACE,
    ReasonType.IDENTITY,
    ReasonType.NEGATION,
    ReasonType.ANTONYM,
    ReasonType.CERTAINTY,
    ReasonType.CHARACTERISATION,
)

_PLACE_OF = {kind: place for place, kind in enumerate(_TYPES)}

NAMES: tuple[str, ...] = (
    "similarity",
    "similarity_squared",
    "likeness",
    "cover",
    "shared_names",
    "parted_names",
    "length_ratio",
    *(f"{kind}_parts" for kind in _TYPES),
    *(f"{kind}_agrees" for kind in _TYPES),
    "parts_most",
    "parts_most_times_similarity",
    "parts_most_times_likeness",
    "parts_most_times_unlike",
    "parts_most_times_residual",
    "parts_sum_times_residual",
    "only_less",
    "only_more",
    "agrees_most",
    "agrees_most_times_similarity",
    "agrees_most_times_parts_most",
    "no_finding_times_similarity",
    "change",
    "change_times_similarity",
    "unlike_condition",
    "unlike_plan",
    "unlike_time",
    "namesakes",
    "unlike_one",
    "names_disjoint",
    "unlike_condition_times_parts",
    "unlike_plan_times_parts",
    "unlike_time_times_parts",
    "unlike_one_times_parts",
    "names_disjoint_times_parts",
    "unlike_times_similarity",
    "both_numbers_no_finding",
    "negations_differ",
    "negations_differ_times_similarity",
)


def features(pair: Pair, comparison: Comparison) -> tuple[float, ...]:
    """One value for each of NAMES, in order; each about 0..1."""
    parts = [0.0] * len(_TYPES)
    agrees = [0.0] * len(_TYPES)
    for finding in comparison.findings:
        table = parts if finding.verdict is Verdict.PART else agrees
        place = _PLACE_OF[finding.type]
        table[place] = max(table[place], finding.weight)
    most_parts, most_agrees = max(parts), max(agrees)
    shared = comparison.overlap
    unlike = float(
        comparison.unlike_condition or comparison.unlike_plan or comparison.unlike_time or comparison.namesakes or comparison.unlike_one
    )
    change = comparison.change.weight if comparison.change else 0.0
    ra, rb = read(pair.a), read(pair.b)
    shorter, longer = sorted((len(ra.stems) + 1, len(rb.stems) + 1))
    unlike_condition, unlike_plan = float(comparison.unlike_condition), float(comparison.unlike_plan)
    unlike_time, unlike_one = float(comparison.unlike_time), float(comparison.unlike_one)
    names_disjoint = float(shared.names_disjoint)
    differ = float((len(ra.negators) % 2) != (len(rb.negators) % 2))
    similarity, figures = pair.similarity, _PLACE_OF[ReasonType.QUANTITY]
    point = comparison.strongest(Verdict.PART)
    residual = residual_cover(pair.a, pair.b, point.a_span, point.b_span) if point else 0.0
    return (
        similarity,
        similarity * similarity,
        shared.likeness,
        shared.cover,
        min(shared.shared_names, 3) / 3,
        min(shared.parted_names, 3) / 3,
        shorter / longer,
        *parts,
        *agrees,
        most_parts,
        most_parts * similarity,
        most_parts * shared.likeness,
        most_parts * unlike,
        most_parts * residual,
        min(2.0, sum(parts)) * residual,
        min(4.0, shared.only_less) / 4,
        min(8.0, shared.only_more) / 8,
        most_agrees,
        most_agrees * similarity,
        most_agrees * most_parts,
        (not comparison.findings) * similarity,
        change,
        change * similarity,
        unlike_condition,
        unlike_plan,
        unlike_time,
        float(comparison.namesakes),
        unlike_one,
        names_disjoint,
        unlike_condition * most_parts,
        unlike_plan * most_parts,
        unlike_time * most_parts,
        unlike_one * most_parts,
        names_disjoint * most_parts,
        unlike * similarity,
        float(bool(pair.a.quantities and pair.b.quantities) and not parts[figures] and not agrees[figures]),
        differ,
        differ * similarity,
    )
