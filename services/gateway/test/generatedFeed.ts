const MiB = 1024 ** 2;

/** An inventory file of so many MiB, made while it is sent. */
export const generatedFeed = (size: number): ReadableStream<Uint8Array> => {
  const part = Buffer.from('SKU-1\tWorld\n'.repeat(Math.ceil(MiB / 12))).subarray(0, MiB);
  let sent = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === size) return controller.close();
      sent += 1;
      controller.enqueue(part);
    },
  });
};
