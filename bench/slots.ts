import { type CalCom, fetchCalCom } from "./calcom";
import { median } from "./figures";
import { atLeast, type Measure, skipped, told } from "./report";
import { type Answer, type SlotCase, slotCase } from "./slot-cases";
import { answerOf, ours, plainTemporal } from "./slot-engines";

const PAIRS = 9;
const BATCH_MS = 40;
const GOAL = 400;

const CASES = [
  slotCase("1 person, 30 days, 50 bookings", 1, 50),
  slotCase("10 people round robin, 30 days, 50 bookings each, with who is free", 10, 50),
  slotCase("100 people round robin, 30 days, 50 bookings each, with who is free", 100, 50),
];

/**
 * CPU a query of the slot engine costs, against the plain way on Temporal and against Cal.com's published engine; all of them are first
 * shown to answer the same. Main-thread CPU in interleaved batches, median of the ratios of pairs.
 */
export async function benchSlots(): Promise<{ aa: number; measures: Measure[] }> {
  const calCom = fetchCalCom();
  const measures: Measure[] = [];
  const own: number[] = [];
  try {
    for (const asked of CASES) {
      const subject = ours(asked);
      const answer = answerOf(subject());
      own.push(compare(subject, subject).ratio);
      measures.push(
        against(`slots: ${asked.name}, against a plain loop on Temporal`, asked, answer, plainTemporal(asked), null),
      );
      measures.push(againstCalCom(`slots: ${asked.name}, against Cal.com's engine`, asked, answer, calCom));
    }
  } finally {
    if (typeof calCom !== "string") calCom.remove();
  }
  return { aa: median(own), measures };
}

function againstCalCom(name: string, asked: SlotCase, answer: Answer, calCom: CalCom | string): Measure {
  if (typeof calCom === "string") return skipped(name, "µs", GOAL, calCom);
  return against(name, asked, answer, calCom.engine(asked), GOAL);
}

function against(name: string, asked: SlotCase, answer: Answer, control: () => Answer, goal: number | null): Measure {
  const difference = differenceOf(answer, control());
  if (difference) throw new Error(`${name}: not timed, the answers differ: ${difference}`);
  const { control: controlUs, subject: subjectUs, ratio } = compare(control, ours(asked));
  return goal === null
    ? told(name, "µs", controlUs, subjectUs, ratio)
    : atLeast(name, "µs", controlUs, subjectUs, ratio, goal);
}

/** The first difference; who is free is compared where the other engine says it. */
function differenceOf(answer: Answer, other: Answer): string | undefined {
  if (answer.length !== other.length) return `${answer.length} and ${other.length} slots`;
  for (const [n, slot] of answer.entries()) {
    const same = other[n];
    if (same?.startMs !== slot.startMs)
      return `slot ${n}: ${new Date(slot.startMs).toISOString()} and ${same?.startMs}`;
    if (same.free && same.free.join() !== slot.free?.join()) return `slot ${n}: who is free`;
  }
  return undefined;
}

/** Microseconds of main-thread CPU a call, and the median ratio of pairs of batches in the order A B A B. */
function compare(control: () => unknown, subject: () => unknown) {
  const batches = [control, subject].map((run) => ({ run, times: timesFor(run), samples: [] as number[] }));
  for (let pair = 0; pair < PAIRS; pair++)
    for (const { run, times, samples } of batches) samples.push(cpuUs(run, times) / times);
  const [a = [], b = []] = batches.map(({ samples }) => samples);
  return { control: median(a), subject: median(b), ratio: median(a.map((each, n) => each / (b[n] ?? Number.NaN))) };
}

/** How often a batch has to call to last long enough, after a warm-up. */
function timesFor(run: () => unknown): number {
  let times = 1;
  for (;;) {
    const tookMs = cpuUs(run, times) / 1000;
    if (tookMs >= BATCH_MS) return times;
    times = tookMs < BATCH_MS / 10 ? times * 4 : Math.ceil((times * BATCH_MS * 1.2) / tookMs);
  }
}

function cpuUs(run: () => unknown, times: number): number {
  const before = process.threadCpuUsage();
  for (let n = 0; n < times; n++) run();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}
