import { Loading, Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function InvoicesLoading() {
  return (
    <Loading>
      <Skeleton className="mb-5 h-7 w-24" />
      <Skeleton className="mb-5 h-9 w-full max-w-md" />
      <SkeletonRows rows={6} />
    </Loading>
  );
}
