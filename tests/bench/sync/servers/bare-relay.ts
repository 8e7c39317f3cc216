/** The physical floor: every frame to everybody else at the same address, nothing read, nothing kept. */
import type { WebSocket } from "ws";
import { serveSockets } from "../serve";

const rooms = new Map<string, Set<WebSocket>>();

serveSockets(
  (socket, { url = "" }) => {
    const room = rooms.get(url) ?? new Set();
    rooms.set(url, room.add(socket));
    socket.on("message", (data) => {
      for (const other of room) if (other !== socket) other.send(data);
    });
    socket.on("close", () => {
      room.delete(socket);
      if (room.size === 0) rooms.delete(url);
    });
  },
  () => rooms.size,
);
