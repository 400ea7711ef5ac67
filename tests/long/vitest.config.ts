import { mergeConfig } from "vitest/config";
import server from "../server/vitest.config";

const config = mergeConfig(server, {
  test: { globalSetup: ["tests/global-setup.ts"], setupFiles: ["tests/close-databases.ts"], testTimeout: 900_000 },
});
config.test.include = ["tests/long/**/*.test.ts"];

export default config;
