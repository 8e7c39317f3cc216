/** How far a command-line tool is: on a terminal one line that changes, in a file every tenth part. */
export function createProgressLine(): (text: string, done: number, total: number) => void {
  let shownTenth = -1;
  return (text, done, total) => {
    const tenth = Math.floor((done * 10) / total);
    if (process.stderr.isTTY) process.stderr.write(`\r${text}${done === total ? "\n" : ""}`);
    else if (tenth !== shownTenth) process.stderr.write(`${text}\n`);
    shownTenth = tenth;
  };
}
