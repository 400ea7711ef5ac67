export interface Job {
  at: number;
  /** Of jobs at one moment, the lower goes first. */
  order: number;
  run: (at: number) => void;
}

export interface Heap {
  push(job: Job): void;
  /** When the next job is due. */
  next(): number | undefined;
  pop(): Job | undefined;
  size(): number;
}

/** Jobs by their time; of the same time and order, the one pushed first goes first. */
export function createHeap(): Heap {
  const jobs: (Job & { seq: number })[] = [];
  let seq = 0;
  const isBefore = (a: Job & { seq: number }, b: Job & { seq: number }) =>
    a.at !== b.at ? a.at < b.at : a.order !== b.order ? a.order < b.order : a.seq < b.seq;

  function swapIfBefore(a: number, b: number): boolean {
    const [first, second] = [jobs[a], jobs[b]];
    if (!first || !second || !isBefore(second, first)) return false;
    jobs[a] = second;
    jobs[b] = first;
    return true;
  }

  return {
    push(job) {
      jobs.push({ ...job, seq: seq++ });
      for (let at = jobs.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!swapIfBefore(parent, at)) break;
        at = parent;
      }
    },
    next: () => jobs[0]?.at,
    pop() {
      const top = jobs[0];
      const last = jobs.pop();
      if (!top || !last || jobs.length === 0) return top;
      jobs[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const [l, r] = [jobs[left], jobs[left + 1]];
        const child = l && r && isBefore(r, l) ? left + 1 : left;
        if (!swapIfBefore(at, child)) break;
        at = child;
      }
      return top;
    },
    size: () => jobs.length,
  };
}
