/** @hocuspocus/server with its defaults: no hooks, no storage. */
import { Hocuspocus } from "@hocuspocus/server";
import { serveSockets } from "../serve";

const hocuspocus = new Hocuspocus({ quiet: true });
serveSockets(
  (socket, request) => hocuspocus.handleConnection(socket, request),
  () => hocuspocus.getDocumentsCount(),
);
