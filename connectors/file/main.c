/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-file - partners' files in and out by hot folders
 *
 *   xd-file -c FILE   with this crossdock.yaml
 *   xd-file -t -c FILE   check the configuration and end
 *
 * It takes files from the folders of partners/<id>.yaml (file.in): each, once
 * it is whole, is moved into a folder of xd-file alone, archived, and published
 * as in.<format>.<party> on xd.raw.  What cannot be taken (links, devices,
 * empty, too large, unreadable) goes to the quarantine folder with a reason
 * beside it, and becomes the fact exception.opened.
 *
 * It lays bytes for partners (out.file.<party> on xd.raw) into their folders
 * (file.out): whole, once, onto no other file; that becomes the fact
 * delivery.confirmed, whose foreignId is the file's name.
 *
 * Files: the folders named, `work` and `quarantine` beside them,
 * state/xd-file.db, run/xd-file.sock, the archive.
 *
 * Signals: TERM and INT finish what is under way and stop; HUP reads the
 * configuration again and opens the folders anew.
 */

#include "context.h"
#include "file.h"


int
main(int argc, char **argv)
{
    static const xd_daemon_spec_t spec = {
        .name = "xd-file",
        .summary = "partners' files in and out by hot folders",
        .schema = { file_migrations },
        .does = { .work = file_work, .lane = file_lane },
        .start = file_start,
        .reload = file_reload,
        .stop = file_stop,
    };

    return xd_daemon_main(&spec, argc, argv);
}
