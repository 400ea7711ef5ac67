"use client";

import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";

const keys = [
  { keys: ["⌘", "K"], what: "Search, or go to a page (Ctrl K)" },
  { keys: ["j"], what: "Next in the list" },
  { keys: ["k"], what: "Previous in the list" },
  { keys: ["enter"], what: "Open" },
  { keys: ["esc"], what: "Close, or back" },
  { keys: ["space"], what: "Play or pause a recording" },
  { keys: ["←", "→"], what: "Five seconds back or on" },
  { keys: ["m"], what: "Move the booking in focus with the arrows" },
  { keys: ["?"], what: "This list" },
];

export function KeyList({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {keys.map((row) => (
          <div key={row.what} className="contents">
            <dt className="flex gap-1">
              {row.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{row.what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
