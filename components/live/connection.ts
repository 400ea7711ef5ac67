/** What arrives: `kind` is the event's type ("call.ended"), `id` its place in the log, `data` the parsed body. */
export type LiveEvent = { kind: string; id: string; data: unknown };

export type LiveState = "connecting" | "open" | "reconnecting" | "offline";

type Listener = { onEvent?: (event: LiveEvent) => void; onState?: (state: LiveState) => void };

/** The parts of EventSource that are used, so that a test can stand in for it. */
export type EventSourceLike = {
  readyState: number;
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
};

type Connect = (url: string) => EventSourceLike;

const closed = 2;
const firstDelayMs = 1000;
const longestDelayMs = 30_000;

/**
 * One stream per address, shared by everything on the page that listens to it. The browser itself resumes a broken stream
 * with Last-Event-ID; a stream it gave up on (an HTTP error) is opened anew after a growing, jittered delay with
 * `?lastEventId=`, because a script cannot set that header.
 */
export class LiveConnection {
  private source: EventSourceLike | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<Listener>();
  private failures = 0;
  private lastEventId = "";
  state: LiveState = "connecting";

  constructor(
    private readonly url: string,
    private readonly connect: Connect = (address) => new EventSource(address),
    private readonly random: () => number = Math.random,
  ) {}

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.open();
    listener.onState?.(this.state);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  /** Tries at once instead of waiting for the delay to pass. */
  retryNow(): void {
    if (this.listeners.size > 0 && this.state !== "open") this.open();
  }

  private open(): void {
    this.stop();
    const source = this.connect(this.address());
    this.source = source;
    source.onopen = () => {
      this.failures = 0;
      this.say("open");
    };
    source.onmessage = (message) => this.receive(message);
    source.onerror = () => {
      this.say("reconnecting");
      if (source.readyState === closed) this.again();
    };
  }

  private address(): string {
    if (!this.lastEventId) return this.url;
    return `${this.url}${this.url.includes("?") ? "&" : "?"}lastEventId=${encodeURIComponent(this.lastEventId)}`;
  }

  private receive(message: MessageEvent): void {
    if (message.lastEventId) this.lastEventId = message.lastEventId;
    const event = parse(message);
    if (event) for (const listener of this.listeners) listener.onEvent?.(event);
  }

  private again(): void {
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** this.failures);
    this.failures += 1;
    this.timer = setTimeout(() => this.open(), delay * (0.5 + this.random() / 2));
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  private say(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    for (const listener of this.listeners) listener.onState?.(state);
  }
}

function parse(message: MessageEvent): LiveEvent | undefined {
  try {
    const data: unknown = JSON.parse(String(message.data));
    const kind = typeof data === "object" && data !== null && "kind" in data ? data.kind : undefined;
    return typeof kind === "string" ? { kind, id: message.lastEventId, data } : undefined;
  } catch {
    return undefined;
  }
}

const connections = new Map<string, LiveConnection>();

export function liveConnection(url: string): LiveConnection {
  let connection = connections.get(url);
  if (!connection) {
    connection = new LiveConnection(url);
    connections.set(url, connection);
  }
  return connection;
}

/** "call." stands for every kind that begins so; an empty list for all kinds. */
export function isWanted(kind: string, kinds: readonly string[]): boolean {
  return (
    kinds.length === 0 || kinds.some((wanted) => (wanted.endsWith(".") ? kind.startsWith(wanted) : kind === wanted))
  );
}
