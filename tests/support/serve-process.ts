/** The server from its source, as `npm start` runs it after building; says "serving ADDRESS" when it does. */
import { serve } from "@/lib/runtime/serve";

const nothing = () => undefined;
const { baseUrl } = await serve({ dev: false, onStep: nothing, onPicture: nothing });
process.stdout.write(`serving ${baseUrl}\n`);
