/** A fleet could not be asked, or said no: shown as one line, exit code 1. */
export class FleetAnswer extends Error {
  override readonly name = 'FleetAnswer';
}
