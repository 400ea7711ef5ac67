export { type BusyFile, type BusyTime, type ReadRefusal, readBusy, type Window } from "./read-busy";
export { type WrittenEvent, writeEvents, writeFeed, writeInvitation } from "./write";
