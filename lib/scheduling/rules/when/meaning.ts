import type { Day } from "../civil";
import type { Span } from "./calendar";
import type { Conventions } from "./conventions";
import type { Unit } from "./words";

/** A civil moment: wall-clock time, no zone. `second` of the day, 0 to 86,399. */
export type Moment = { day: Day; second: number };

/** What words are read against. */
export type Env = { now: Moment; conv: Conventions };

/** Days that words can mean. More than one span is ambiguity. Where the year was not said, `inYear` gives the same in any other. */
export type Dates = {
  spans: Span[];
  unit: Unit | "season" | "range";
  /** Named without a year; undefined where it does not exist in that year ("29 February"). */
  inYear?: ((year: number) => Span | undefined) | undefined;
  /** Only the day of a month was said ("the 10th"). */
  dayOfMonth?: number;
  /** Only a weekday was said. */
  weekday?: number;
  /** A weekday of a week that was said ("Friday next week"). */
  ofWeek?: boolean;
  /** Counted from another day: forwards 1, backwards -1. */
  ahead?: 1 | -1;
  /** With the time of day already known ("in two hours"). */
  moment?: Moment;
  /** Where what ends or begins with `moment` begins or ends; now where it is not given. */
  base?: Moment;
  /** "before March", "since Monday": the other end is open. */
  open?: "from" | "until";
};

/** What was found, in seconds of civil time since 1970-01-01T00:00 (times of day: since midnight). `null` is an open end. */
export type Reading = { from: number | null; to: number | null };

export type Kind = "date" | "daterange" | "time" | "timerange" | "datetime" | "datetimerange" | "duration" | "set";

export type Found = {
  kind: Kind;
  readings: Reading[];
  /** How exactly it was said. */
  grain: Unit | "season" | "range" | "part";
  /** Of a time of day on any of several days ("next week at 3"): those days. */
  days?: Span;
  /** "First thing", "last thing": what opening hours make of it. */
  edge?: "opening" | "closing";
  /** Only of a set: what repeats, in ISO 8601 with X for what is left open ("XXXX-WXX-1T16", "P1D"). */
  repeats?: string;
  /** Places in the normalised text. */
  start: number;
  end: number;
};
