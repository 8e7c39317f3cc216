/** y-websocket's own server, nothing on. It never frees a room unless it stores them, so there is none to wait for. */
import { setupWSConnection } from "y-websocket-2/bin/utils";
import { serveSockets } from "../serve";

serveSockets((socket, request) => setupWSConnection(socket, request));
