import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    theme: { text: ["heading", "title", "figure"], shadow: ["float"] },
  },
});

/** Joins class names; of two that contradict each other the later wins, so that `className` can override a default. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
