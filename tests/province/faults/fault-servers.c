/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

/* What is wrong with a whole server: its clock, its certificate, how it is reached. */

#define MINUTES 60

const Fault faults_of_servers[] = {
  { .name = "F23-ahead", .what = "the clock is 20 minutes ahead", .clock = 20 * MINUTES },
  { .name = "F23-behind", .what = "the clock is 20 minutes behind", .clock = -20 * MINUTES },
  { .name = "F30-self", .what = "a certificate signed by itself", .security = WIRE_TLS,
    .certificate = "self.pem" },
  { .name = "F30-expired", .what = "a certificate of the past", .security = WIRE_TLS,
    .certificate = "expired.pem" },
  { .name = "F30-host", .what = "a certificate of another name", .security = WIRE_TLS,
    .certificate = "host.pem" },
  { .name = "F30-chain", .what = "the certificate in between is missing", .security = WIRE_TLS,
    .certificate = "chain.pem" },
  { .name = "F30-old", .what = "nothing newer than TLS 1.0", .security = WIRE_OLD_TLS },
  { .name = "F31", .what = "TLCP alone, with SM2 certificates", .security = WIRE_TLCP },
  { .name = "F32", .what = "plain http (as without a fault)" },
  { .name = "F37-name", .what = "an address whose name nobody knows",
    .host = "province.example.invalid" },
  { .name = "F37-hole", .what = "an address that swallows every packet", .security = WIRE_HOLE,
    .host = "127.0.0.2" },
  { NULL },
};
