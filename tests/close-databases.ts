import { afterAll } from "vitest";
import { closeOpened } from "./database";

afterAll(closeOpened);
