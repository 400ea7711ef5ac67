const known: Record<string, string> = {
  "copy-recording": "Copy a recording",
  "delete-erased-recording": "Delete an erased recording",
  "let-holds-go": "Free what a call had kept",
  "send-reminder": "Remind somebody of their appointment",
};

/** What a job does, from its name. */
export function jobInWords(name: string): string {
  const words = known[name] ?? name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The page of what a job was about, where it has one. */
export function subjectHref(slug: string, subjectId: string): string | undefined {
  if (subjectId.startsWith("call_")) return `/o/${slug}/calls/${subjectId}`;
  if (subjectId.startsWith("bkg_")) return `/o/${slug}/bookings/${subjectId}`;
  return undefined;
}
