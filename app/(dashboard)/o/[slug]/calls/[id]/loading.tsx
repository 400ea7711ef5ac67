import { Loading, Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function CallLoading() {
  return (
    <Loading>
      <Skeleton className="mb-6 h-7 w-56" />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-36" />
          <SkeletonRows rows={6} />
        </div>
        <div className="flex flex-col gap-4">
          <Skeleton className="h-40" />
          <Skeleton className="h-32" />
        </div>
      </div>
    </Loading>
  );
}
