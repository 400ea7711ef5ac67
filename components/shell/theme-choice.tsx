"use client";

import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { SegmentedRadio } from "../ui/segmented";

const options = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "System" },
];

const nothing = () => () => {};

export function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  // The server does not know the stored choice, so nothing is marked until the browser has taken over.
  const isHydrated = useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  );
  return (
    <SegmentedRadio
      label="Appearance"
      name="appearance"
      options={options}
      value={isHydrated ? (theme ?? "system") : ""}
      onChange={setTheme}
      className="w-full *:flex-1 *:text-center"
    />
  );
}
