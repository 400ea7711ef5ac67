import { Loading, Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function OverviewLoading() {
  return (
    <Loading>
      <Skeleton className="mb-6 h-7 w-40" />
      <div className="mb-4 grid grid-cols-2 gap-3 md:grid-cols-5">
        {["calls", "booked", "minutes", "needs", "value"].map((stat) => (
          <Skeleton key={stat} className="h-20" />
        ))}
      </div>
      <Skeleton className="mb-4 h-48" />
      <SkeletonRows rows={4} />
    </Loading>
  );
}
