import { runEmulator } from "../calendar/run-emulator";
import { startMicrosoftCalendarEmulator } from "./index";

await runEmulator("emulators/microsoft-calendar/main.ts", startMicrosoftCalendarEmulator);
