import { Loading, Skeleton } from "@/components/ui/skeleton";

export default function BookingsLoading() {
  return (
    <Loading label="Bookings are being read">
      <Skeleton className="mb-6 h-12 w-56" />
      <Skeleton className="mb-4 h-9 w-full max-w-xl" />
      <Skeleton className="h-112 w-full" />
    </Loading>
  );
}
