import { CodeBlock } from "@/components/ui/code-block";

export function OpenSource() {
  return (
    <section id="open-source" aria-labelledby="open-source-title" className="mx-auto w-full max-w-6xl px-5">
      <div className="grid items-center gap-x-12 gap-y-6 rounded-lg border bg-surface p-6 sm:p-8 md:grid-cols-2">
        <div>
          <h2 id="open-source-title" className="text-2xl font-semibold tracking-tight">
            Open source, all of it
          </h2>
          <p className="mt-2 max-w-prose text-muted">
            The MIT licence, no paid edition held back. Run it yourself on one small machine, or on Vercel with your own
            Postgres; one installation serves many businesses.
          </p>
        </div>
        <div className="min-w-0">
          <p className="mb-2 text-muted">With Node and a copy of the repository, one command starts everything:</p>
          <CodeBlock label="command" code="npm start" />
        </div>
      </div>
    </section>
  );
}
