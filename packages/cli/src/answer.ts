let answered = false;

/** Prints the one object that a program reading the standard output of `--json` waits for. */
export function answer(object: object): void {
  answered = true;
  console.log(JSON.stringify(object));
}

/**
 * Says on standard error, in one line, why a command ends without having done what it was asked for.
 * @param json whether it was asked for with `--json`: then that is the answer too, unless there has been one
 */
export function tellFailure(message: string, json: boolean): void {
  console.error(`ge: ${message}`);
  if (json && !answered) answer({ ok: false, error: message });
}
