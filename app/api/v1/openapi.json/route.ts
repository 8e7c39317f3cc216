import { describeOpenApi } from "@/lib/api/describe";
import { answer } from "@/lib/http/answer";
import { getConfig } from "@/lib/protocol/config-slot";

export async function GET(): Promise<Response> {
  return answer(async () => describeOpenApi(getConfig()));
}
