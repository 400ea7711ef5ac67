/** A wake-up call that is not lost when nobody waits for it, and counts once however often it was given. */
export class WakeUp {
  private given = false;
  private listener: (() => void) | undefined;

  give(): void {
    this.given = true;
    this.listener?.();
  }

  /** Resolves at the next call, or after `maxMs`. One waiter at a time. */
  async wait(maxMs: number): Promise<void> {
    if (!this.given)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, maxMs);
        timer.unref();
        this.listener = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.listener = undefined;
    this.given = false;
  }
}
