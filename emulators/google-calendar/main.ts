import { runEmulator } from "../calendar/run-emulator";
import { startGoogleCalendarEmulator } from "./index";

await runEmulator("emulators/google-calendar/main.ts", startGoogleCalendarEmulator);
