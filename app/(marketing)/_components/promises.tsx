const promises = [
  {
    title: "Never booked twice",
    text: "Two appointments that overlap, breaks and holds included, are refused by the database itself, not by a hopeful check before.",
  },
  {
    title: "Nothing lost",
    text: "What happens on a call is stored before it is acknowledged. Repeats, delays and crashes change nothing.",
  },
  {
    title: "Each thing once",
    text: "When a caller interrupts and a step is asked for again, it gets its first answer. No second booking, no second text.",
  },
  {
    title: "You can listen",
    text: "No summary stands alone: the recording, the words and every step are beside it, and an outcome that is wrong can be put right.",
  },
  {
    title: "Yours alone",
    text: "One business never sees another’s callers. The database enforces that on every row.",
  },
  {
    title: "Try all of it first",
    text: "Everything runs on a laptop with no account and no network, telephone included, before you sign up for anything.",
  },
];

export function Promises() {
  return (
    <section id="promises" aria-labelledby="promises-title" className="mx-auto w-full max-w-6xl px-5 py-16">
      <h2 id="promises-title" className="text-2xl font-semibold tracking-tight">
        What it promises
      </h2>
      <p className="mt-1 text-muted">Each of these is kept by a test that runs with every change.</p>
      <dl className="mt-8 grid gap-x-8 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
        {promises.map((promise) => (
          <div key={promise.title} className="border-t pt-4">
            <dt className="text-heading font-semibold">{promise.title}</dt>
            <dd className="mt-1 max-w-prose text-muted">{promise.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
