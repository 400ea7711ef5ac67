import { Loading, Skeleton } from "@/components/ui/skeleton";

/** In the place of the calendar while it is being read. */
export function BookingsSkeleton() {
  return (
    <Loading label="Bookings are being read">
      <Skeleton className="h-[max(28rem,calc(100dvh-16rem))] w-full" />
    </Loading>
  );
}
