// Preloaded into every command of ours; the processes of Next that it starts see that the files have been read.
import { fileURLToPath } from "node:url";
import { readEnvFiles } from "./bootstrap/read-env-files.mjs";

readEnvFiles(fileURLToPath(new URL("..", import.meta.url)));
