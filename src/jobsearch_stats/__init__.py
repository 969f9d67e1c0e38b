"""Explore your own job search: whom to call today, whom to let go, and what your numbers can tell.

Everything public stands here, and is loaded when first used::

    import jobsearch_stats as js

    log = js.read_log("my_search.csv")
    js.agenda(log, as_of="2026-03-10")
"""

import sys
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .adherence import adherence
    from .agenda import agenda
    from .call_sheet import call_sheet
    from .dealing import dealt, randomise_timing
    from .delays import decision_delay
    from .differences import rate_differences
    from .durations import cumulative_incidence, kaplan_meier
    from .emulation import compare_strategies
    from .errors import DataError, JobSearchStatsError, ReadError, SettingError, UnknownNameError
    from .export.calendar import write_calendar
    from .export.redaction import redact
    from .export.report import write_report
    from .export.work_search import work_search_record
    from .export.workbook import write_workbook
    from .follow_ups import follow_ups
    from .funnel import funnel
    from .importing import read_log
    from .importing.suggest import suggest_mapping
    from .journal import record, undo
    from .journal_file import read_journal
    from .journal_place import journal_path
    from .log import ApplicationLog
    from .log_rank import logrank
    from .message_check import check_message
    from .messages import (
        Me,
        courtesy_card,
        email_message,
        message_for_person,
        thank_you_call,
        thank_you_note,
        voicemail_script,
    )
    from .outreach import outreach
    from .plots import (
        plot_cumulative_incidence,
        plot_decision_delay,
        plot_follow_ups,
        plot_funnel,
        plot_kaplan_meier,
        plot_power,
        plot_rate_differences,
        plot_response_rates,
        plot_silence,
        plot_strategy_curves,
        plot_strategy_days,
        plot_strategy_differences,
        plot_timeline,
        plot_weekday_heatmap,
        plot_weights,
    )
    from .power import interviews_needed, minimum_detectable_difference, power_of
    from .power_simulation import simulate_power
    from .progress import progress_bar
    from .published import benchmarks_published
    from .rates import response_rates
    from .replay import replay
    from .results import Result
    from .silence import chance_of_reply, silence_limit
    from .simulate import SAMPLE_DAY, SearchModel, simulate_log, write_sample
    from .stage_times import time_in_stage
    from .strategies import (
        BEFORE_DECISION,
        DAY_AFTER,
        EMAIL_INSTEAD,
        NO_FOLLOW_UP,
        STRATEGIES,
        THANK_YOU_FIRST,
        Strategy,
        strategy_named,
    )
    from .strategy_days import strategy_days
    from .template import write_template
    from .trials import analyse_trial

__version__ = "0.1.0"

__all__ = [
    "BEFORE_DECISION",
    "DAY_AFTER",
    "EMAIL_INSTEAD",
    "NO_FOLLOW_UP",
    "SAMPLE_DAY",
    "STRATEGIES",
    "THANK_YOU_FIRST",
    "ApplicationLog",
    "DataError",
    "JobSearchStatsError",
    "Me",
    "ReadError",
    "Result",
    "SearchModel",
    "SettingError",
    "Strategy",
    "UnknownNameError",
    "adherence",
    "agenda",
    "analyse_trial",
    "benchmarks_published",
    "call_sheet",
    "chance_of_reply",
    "check_message",
    "compare_strategies",
    "courtesy_card",
    "cumulative_incidence",
    "dealt",
    "decision_delay",
    "email_message",
    "follow_ups",
    "funnel",
    "interviews_needed",
    "journal_path",
    "kaplan_meier",
    "logrank",
    "message_for_person",
    "minimum_detectable_difference",
    "outreach",
    "plot_cumulative_incidence",
    "plot_decision_delay",
    "plot_follow_ups",
    "plot_funnel",
    "plot_kaplan_meier",
    "plot_power",
    "plot_rate_differences",
    "plot_response_rates",
    "plot_silence",
    "plot_strategy_curves",
    "plot_strategy_days",
    "plot_strategy_differences",
    "plot_timeline",
    "plot_weekday_heatmap",
    "plot_weights",
    "power_of",
    "progress_bar",
    "randomise_timing",
    "rate_differences",
    "read_journal",
    "read_log",
    "record",
    "redact",
    "replay",
    "response_rates",
    "silence_limit",
    "simulate_log",
    "simulate_power",
    "strategy_days",
    "strategy_named",
    "suggest_mapping",
    "thank_you_call",
    "thank_you_note",
    "time_in_stage",
    "undo",
    "voicemail_script",
    "work_search_record",
    "write_calendar",
    "write_report",
    "write_sample",
    "write_template",
    "write_workbook",
]

_MODULES = {
    "adherence": "adherence",
    "agenda": "agenda",
    "call_sheet": "call_sheet",
    "errors": "DataError JobSearchStatsError ReadError SettingError UnknownNameError",
    "export.calendar": "write_calendar",
    "export.redaction": "redact",
    "export.report": "write_report",
    "export.work_search": "work_search_record",
    "export.workbook": "write_workbook",
    "follow_ups": "follow_ups",
    "importing": "read_log",
    "importing.suggest": "suggest_mapping",
    "journal": "record undo",
    "journal_file": "read_journal",
    "journal_place": "journal_path",
    "log": "ApplicationLog",
    "log_rank": "logrank",
    "message_check": "check_message",
    "messages": "Me courtesy_card email_message message_for_person thank_you_call "
    "thank_you_note voicemail_script",
    "dealing": "dealt randomise_timing",
    "delays": "decision_delay",
    "differences": "rate_differences",
    "durations": "cumulative_incidence kaplan_meier",
    "emulation": "compare_strategies",
    "funnel": "funnel",
    "outreach": "outreach",
    "plots": "plot_cumulative_incidence plot_decision_delay plot_follow_ups plot_funnel "
    "plot_kaplan_meier plot_power plot_rate_differences plot_response_rates "
    "plot_silence plot_strategy_curves plot_strategy_days plot_strategy_differences "
    "plot_timeline plot_weekday_heatmap plot_weights",
    "power": "interviews_needed minimum_detectable_difference power_of",
    "power_simulation": "simulate_power",
    "progress": "progress_bar",
    "published": "benchmarks_published",
    "rates": "response_rates",
    "replay": "replay",
    "results": "Result",
    "silence": "chance_of_reply silence_limit",
    "simulate": "SAMPLE_DAY SearchModel simulate_log write_sample",
    "template": "write_template",
    "trials": "analyse_trial",
    "stage_times": "time_in_stage",
    "strategy_days": "strategy_days",
    "strategies": "BEFORE_DECISION DAY_AFTER EMAIL_INSTEAD NO_FOLLOW_UP STRATEGIES "
    "THANK_YOU_FIRST Strategy strategy_named",
}
_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}
"""The module in which each public name lives."""


class _Package(ModuleType):
    """Keeps `agenda`, `funnel`, `outreach` and the like the functions, not their modules.

    Python sets a submodule as an attribute of its package once it is imported; some of them carry
    the name of their function.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name in _HOME and isinstance(value, ModuleType):
            value = getattr(value, name, value)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
