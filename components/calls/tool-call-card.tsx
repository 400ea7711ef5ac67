import { CircleX, TriangleAlert, Wrench } from "lucide-react";
import { cn } from "../ui/cn";
import { inBrief, lines, saidBy } from "./tool-call-words";
import type { ToolCall, ToolCallStatus } from "./types";

const looks: Record<ToolCallStatus, { Icon: typeof Wrench; word: string; tone: string; edge: string }> = {
  ok: { Icon: Wrench, word: "", tone: "text-muted", edge: "" },
  refused: {
    Icon: TriangleAlert,
    word: "Refused",
    tone: "text-attention",
    edge: "border-attention/50 bg-attention-soft",
  },
  failed: { Icon: CircleX, word: "Failed", tone: "text-failed", edge: "border-failed/50 bg-failed-soft" },
};

/** What the agent did between two sentences: quiet when it worked, in colour when it did not; opens to all of it. */
export function ToolCallCard({ call }: { call: ToolCall }) {
  const { Icon, word, tone, edge } = looks[call.status];
  const said = saidBy(call.result);
  return (
    <details className={cn("group mx-auto w-full max-w-xl rounded-lg border bg-surface text-xs", edge)}>
      <summary className="flex list-none items-center gap-2 rounded-lg px-3 py-2">
        <Icon aria-hidden className={cn("size-3.5 shrink-0", tone)} />
        <span className="min-w-0 flex-1 truncate group-open:whitespace-normal">
          <span className="font-medium">{call.title}</span>
          <span className="text-muted"> {inBrief(call.arguments)}</span>
        </span>
        {word && <span className={cn("shrink-0 font-medium", tone)}>{word}</span>}
        {call.durationMs !== null && <span className="tabular shrink-0 text-muted">{call.durationMs} ms</span>}
      </summary>
      <div className="flex flex-col gap-3 px-3 pt-1 pb-3">
        {said && <p className="text-sm">“{said}”</p>}
        <Values title="Asked with" value={call.arguments} />
        <Values title="Answered" value={call.result} />
        <p className="text-muted">
          Tool <code className="font-mono">{call.name}</code>
        </p>
      </div>
    </details>
  );
}

function Values({ title, value }: { title: string; value: unknown }) {
  const rows = lines(value);
  if (rows.length === 0) return null;
  return (
    <div>
      <p className="mb-1 text-muted">{title}</p>
      <dl className="grid grid-cols-[minmax(4rem,auto)_minmax(0,1fr)] gap-x-3 gap-y-0.5 font-mono">
        {rows.map(([name, text]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="wrap-anywhere whitespace-pre-wrap">{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
