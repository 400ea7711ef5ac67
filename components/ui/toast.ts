export type ToastKind = "done" | "attention" | "failed";

export type ToastMessage = {
  id: number;
  kind: ToastKind;
  text: string;
  action?: { label: string; onClick: () => void };
};

const eventName = "caly:toast";
let last = 0;

function show(kind: ToastKind, text: string, action?: ToastMessage["action"]): void {
  last += 1;
  window.dispatchEvent(new CustomEvent<ToastMessage>(eventName, { detail: { id: last, kind, text, action } }));
}

/** Says what happened, in a corner, from any client code. `action` is for undoing it. */
export const toast = {
  done: (text: string, action?: ToastMessage["action"]) => show("done", text, action),
  attention: (text: string, action?: ToastMessage["action"]) => show("attention", text, action),
  failed: (text: string, action?: ToastMessage["action"]) => show("failed", text, action),
};

export function onToast(listener: (message: ToastMessage) => void): () => void {
  const handle = (event: Event) => {
    if (event instanceof CustomEvent) listener(event.detail as ToastMessage);
  };
  window.addEventListener(eventName, handle);
  return () => window.removeEventListener(eventName, handle);
}
