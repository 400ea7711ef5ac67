const itemSelector = "[data-list] [data-list-item]";

/** What j, k and esc do with the lists of a page (`data-list` around `data-list-item`). Enter is the browser's own. */
export function moveInList(root: ParentNode, step: 1 | -1): HTMLElement | undefined {
  const items = [...root.querySelectorAll<HTMLElement>(itemSelector)];
  if (items.length === 0) return undefined;
  const active = document.activeElement?.closest<HTMLElement>("[data-list-item]");
  const at = active ? items.indexOf(active) : -1;
  const next = at === -1 ? (step === 1 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + step));
  const item = items[next];
  const target = item?.matches("a[href], button")
    ? item
    : (item?.querySelector<HTMLElement>("a[href], button") ?? item);
  target?.focus();
  item?.scrollIntoView({ block: "nearest" });
  return target;
}

/** True where a letter is text: fields, editors, and anything inside an open dialog. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest("input, textarea, select, dialog[open], [role='application']") !== null
  );
}
