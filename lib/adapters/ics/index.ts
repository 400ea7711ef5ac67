export { type BusyFile, type BusyTime, type ReadRefusal, readBusy, type Window } from "./read-busy";
export { type WrittenEvent, writeEvent, writeFeed, writeInvitation } from "./write";
