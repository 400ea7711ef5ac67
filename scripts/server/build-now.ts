import { buildIfStale } from "./build";

process.exit((await buildIfStale(console.log)) ? 0 : 1);
