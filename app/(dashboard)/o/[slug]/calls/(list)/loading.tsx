import { Loading, Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function CallsLoading() {
  return (
    <Loading>
      <Skeleton className="mb-6 h-7 w-24" />
      <Skeleton className="mb-3 h-9 w-full max-w-md" />
      <Skeleton className="mb-4 h-7 w-full max-w-lg" />
      <SkeletonRows rows={10} />
    </Loading>
  );
}
