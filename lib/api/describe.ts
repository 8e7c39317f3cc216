/** The OpenAPI 3.1 description of the public API, made from the schemas that its routes enforce. */
import * as z from "zod/mini";
import { errorAnswer } from "@/lib/protocol/api/answers";
import { type ApiScope, apiScopes } from "@/lib/protocol/api/scopes";
import { statusOf } from "@/lib/protocol/errors";
import type { Operation } from "./operation";
import { operations } from "./operations";

type Json = Readonly<Record<string, unknown>>;

/** Refusals that a call with a key may meet. */
const refusals = [
  "bad_request",
  "unauthorized",
  "forbidden",
  "not_found",
  "too_large",
  "too_many",
  "takes_too_long",
] as const;

export function describeOpenApi(installation: {
  readonly publicUrl: string;
  readonly version: string;
}): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Vetrina",
      version: installation.version,
      description:
        "For shops' servers. A key is made in the settings (Developers) and sent as `Authorization: Bearer …`; it belongs to one shop. Times are ISO 8601, amounts whole minor units.",
    },
    servers: [{ url: installation.publicUrl }],
    paths: pathsOf(operations),
    components: {
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: `A key with the scope that the call names: ${apiScopes.join(", ")}.`,
        },
      },
      schemas: { Error: schemaOf(errorAnswer, "output") },
    },
  };
}

function pathsOf(all: readonly Operation[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of all) {
    const path = paths[operation.path] ?? {};
    path[operation.method] = describe(operation);
    paths[operation.path] = path;
  }
  return paths;
}

function describe({ id, summary, scope, path, method, query, body, answer }: Operation): Json {
  const parameters = [...pathParameters(path), ...queryParameters(schemaOf(query, "input"))];
  return {
    operationId: id,
    summary,
    ...(scope === null ? { security: [] } : { security: [{ key: [] }], description: scopeWords(scope) }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(method === "post"
      ? { requestBody: { required: true, content: jsonContent(schemaOf(body, "input")) } }
      : {}),
    responses: {
      200: { description: "Done.", content: jsonContent(schemaOf(answer, "output")) },
      ...Object.fromEntries(
        refusals.map((code) => [
          statusOf[code],
          {
            description: code,
            ...(code === "too_many" ? { headers: comeBack } : {}),
            content: jsonContent({ $ref: "#/components/schemas/Error" }),
          },
        ]),
      ),
    },
  };
}

const comeBack = {
  "Retry-After": {
    description: "Seconds after which to come back.",
    schema: { type: "integer", minimum: 1 },
  },
} as const;
const scopeWords = (scope: ApiScope) => `Needs a key with the scope \`${scope}\`.`;
const jsonContent = (schema: Json) => ({ "application/json": { schema } });

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

const objectSchema = z.object({
  properties: z._default(z.record(z.string(), z.record(z.string(), z.unknown())), {}),
});

/** Everything in a query may be left out: what must be there belongs into the path. */
function queryParameters(schema: Json): Json[] {
  return Object.entries(z.parse(objectSchema, schema).properties).map(([name, { description, ...rest }]) => ({
    name,
    in: "query",
    required: false,
    ...(typeof description === "string" ? { description } : {}),
    schema: rest,
  }));
}

function schemaOf(schema: z.ZodMiniType, io: "input" | "output"): Json {
  const { $schema: _, "~standard": __, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
