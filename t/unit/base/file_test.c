/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>

#include "base/file.h"

static xd_arena_t *arena;
static char folder[] = "/tmp/xd-file-XXXXXX";


static void
setup(void)
{
    arena = xd_arena_new(0);
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}


static void
teardown(void)
{
    xd_str_t command = xd_fmt(arena, "rm -rf %s", folder);

    ck_assert_int_eq(system(command.ptr), 0);
    xd_arena_free(arena);
}


static const char *
path(const char *name)
{
    return xd_fmt(arena, "%s/%s", folder, name).ptr;
}


static size_t
entries(void)
{
    DIR *d = opendir(folder);
    size_t count = 0;

    ck_assert_ptr_nonnull(d);
    while (readdir(d) != NULL) {
        count++;
    }
    (void) closedir(d);

    return count - 2; /* "." and ".." */
}


static void
put(const char *name, const char *text, mode_t mode)
{
    ck_assert_int_eq(xd_file_write(path(name), xd_str(text), mode), XD_OK);
}


START_TEST(reads_back_what_was_written)
{
    xd_str_t out;
    struct stat st;

    put("a", "first", 0640);
    put("a", "second", 0600);
    ck_assert_int_eq(xd_file_read(arena, path("a"), 6, &out), XD_OK);
    ck_assert(xd_str_is(out, "second"));
    ck_assert_int_eq(stat(path("a"), &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0600);
    ck_assert_uint_eq(entries(), 1);
}
END_TEST


START_TEST(the_mode_is_not_masked)
{
    struct stat st;

    (void) umask(077);
    put("a", "x", 0664);
    ck_assert_int_eq(stat(path("a"), &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0664);
}
END_TEST


START_TEST(a_relative_name_is_written_too)
{
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_int_eq(xd_file_write("plain", XD_STR("x"), 0600), XD_OK);
    ck_assert_uint_eq(entries(), 1);
    ck_assert_int_eq(chdir("/"), 0);
}
END_TEST


START_TEST(reads_up_to_the_limit)
{
    xd_str_t out;

    put("a", "abc", 0600);
    ck_assert_int_eq(xd_file_read(arena, path("a"), 3, &out), XD_OK);
    ck_assert_int_eq(xd_file_read(arena, path("a"), 2, &out), XD_E_LIMIT);
    ck_assert_int_eq(xd_file_read(arena, "/dev/zero", 100, &out), XD_E_LIMIT);
}
END_TEST


START_TEST(reading_says_what_was_wrong)
{
    xd_str_t out;

    errno = 0;
    ck_assert_int_eq(xd_file_read(arena, path("none"), 9, &out), XD_E_IO);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(xd_file_read(arena, folder, 9, &out), XD_E_IO);
    ck_assert_int_eq(errno, EISDIR);

    put("a", "abc", 0600);
    const char *name = path("a");
    xd_arena_fail_at(arena, 1);
    ck_assert_int_eq(xd_file_read(arena, name, 9, &out), XD_E_MEMORY);
}
END_TEST


START_TEST(an_empty_file_is_empty_text)
{
    xd_str_t out;
    xd_file_t file;

    put("a", "", 0600);
    ck_assert_int_eq(xd_file_read(arena, path("a"), 9, &out), XD_OK);
    ck_assert_ptr_nonnull(out.ptr);
    ck_assert_uint_eq(out.len, 0);
    ck_assert_int_eq(xd_file_map(path("a"), &file), XD_OK);
    ck_assert_uint_eq(file.bytes.len, 0);
    xd_file_unmap(&file);
}
END_TEST


START_TEST(standard_input_is_a_dash)
{
    xd_str_t out;
    xd_file_t file;
    int ends[2], kept = dup(0);

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], 0), 0);
    ck_assert_int_eq(write(ends[1], "typed", 5), 5);
    ck_assert_int_eq(close(ends[1]), 0);

    ck_assert_int_eq(xd_file_read(arena, "-", 9, &out), XD_OK);
    ck_assert(xd_str_is(out, "typed"));
    ck_assert_int_eq(xd_file_map("-", &file), XD_OK);
    ck_assert_uint_eq(file.bytes.len, 0);
    ck_assert(!file.mapped);
    xd_file_unmap(&file);

    ck_assert_int_eq(dup2(kept, 0), 0);
    (void) close(kept);
    (void) close(ends[0]);
}
END_TEST


START_TEST(maps_or_reads)
{
    xd_file_t file;

    put("a", "mapped", 0600);
    ck_assert_int_eq(xd_file_map(path("a"), &file), XD_OK);
    ck_assert(file.mapped);
    ck_assert(xd_str_is(file.bytes, "mapped"));
    xd_file_unmap(&file);
    ck_assert_ptr_null(file.bytes.ptr);

    ck_assert_int_eq(xd_file_map("/proc/self/status", &file), XD_OK);
    ck_assert(!file.mapped);
    ck_assert(xd_str_starts(file.bytes, XD_STR("Name:")));
    xd_file_unmap(&file);

    ck_assert_int_eq(xd_file_map(path("none"), &file), XD_E_IO);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(xd_file_map(folder, &file), XD_E_IO);
    ck_assert_int_eq(errno, EISDIR);
    ck_assert_ptr_null(file.bytes.ptr);
}
END_TEST


/* The disk is "full" after a few bytes: the old file stays as it was. */
START_TEST(a_failed_write_leaves_the_old)
{
    struct rlimit kept, tight = { 4, RLIM_INFINITY };
    xd_str_t out;
    xd_rc_t rc;

    put("a", "old", 0600);
    const char *name = path("a");

    (void) signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &kept), 0);
    tight.rlim_max = kept.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &tight), 0);
    rc = xd_file_write(name, XD_STR("longer than four"), 0600);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &kept), 0);

    ck_assert_int_eq(rc, XD_E_IO);
    ck_assert_uint_eq(entries(), 1);
    ck_assert_int_eq(xd_file_read(arena, name, 99, &out), XD_OK);
    ck_assert(xd_str_is(out, "old"));
}
END_TEST


START_TEST(a_write_that_cannot_be_says_why)
{
    char longest[PATH_MAX + 2];

    ck_assert_int_eq(xd_file_write(path("none/a"), XD_STR("x"), 0600), XD_E_IO);
    ck_assert_int_eq(errno, ENOENT);

    ck_assert_int_eq(mkdir(path("sub"), 0700), 0);
    ck_assert_int_eq(xd_file_write(path("sub"), XD_STR("x"), 0600), XD_E_IO);
    ck_assert_int_eq(errno, EISDIR);
    ck_assert_uint_eq(entries(), 1);

    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    ck_assert_int_eq(xd_file_write(longest, XD_STR("x"), 0600), XD_E_IO);
    ck_assert_int_eq(errno, ENAMETOOLONG);
    longest[sizeof(longest) - 2] = '/';
    ck_assert_int_eq(xd_file_write(longest, XD_STR("x"), 0600), XD_E_IO);
    ck_assert_int_eq(errno, ENAMETOOLONG);
}
END_TEST


START_TEST(makes_folders_once_and_again)
{
    struct stat st;
    char longest[PATH_MAX + 2];

    ck_assert_int_eq(xd_file_mkdirs(path("a/b//c/"), 0750), XD_OK);
    ck_assert_int_eq(xd_file_mkdirs(path("a/b/c"), 0750), XD_OK);
    ck_assert_int_eq(stat(path("a/b/c"), &st), 0);
    ck_assert(S_ISDIR(st.st_mode));
    ck_assert_int_eq(xd_file_mkdirs("/", 0750), XD_OK);

    put("file", "x", 0600);
    ck_assert_int_eq(xd_file_mkdirs(path("file"), 0750), XD_E_IO);
    ck_assert_int_eq(errno, ENOTDIR);
    ck_assert_int_eq(xd_file_mkdirs(path("file/sub"), 0750), XD_E_IO);
    ck_assert_int_eq(errno, ENOTDIR);
    ck_assert_int_eq(xd_file_mkdirs("", 0750), XD_E_IO);

    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    ck_assert_int_eq(xd_file_mkdirs(longest, 0750), XD_E_IO);
    ck_assert_int_eq(errno, ENAMETOOLONG);
}
END_TEST


static const struct {
    const char *text;
    mode_t mode;
    xd_rc_t want;
    const char *secret;
} secrets[] = {
    { "s3cret\n", 0600, XD_OK, "s3cret" },
    { "s3cret\r\nsecond\n", 0640, XD_OK, "s3cret" },
    { " blanks stay ", 0400, XD_OK, " blanks stay " },
    { "x\n", 0660, XD_E_CONF, NULL },
    { "x\n", 0644, XD_E_CONF, NULL },
    { "x\n", 0602, XD_E_CONF, NULL },
    { "\nx", 0600, XD_E_CONF, NULL },
    { "", 0600, XD_E_CONF, NULL },
};


START_TEST(a_secret_is_tight_and_one_line)
{
    xd_str_t out;

    put("s", secrets[_i].text, secrets[_i].mode);
    ck_assert_int_eq(xd_file_secret(arena, path("s"), &out), secrets[_i].want);
    if (secrets[_i].want == XD_OK) {
        ck_assert(xd_str_is(out, secrets[_i].secret));
        ck_assert_int_eq(out.ptr[out.len], '\0');
    }
}
END_TEST


START_TEST(a_secret_that_is_not_there)
{
    xd_str_t out;

    ck_assert_int_eq(xd_file_secret(arena, path("none"), &out), XD_E_IO);
    ck_assert_int_eq(errno, ENOENT);

    put("s", "x", 0600);
    const char *name = path("s");
    for (size_t n = 1; n <= 2; n++) {
        xd_arena_fail_at(arena, n);
        ck_assert_int_eq(xd_file_secret(arena, name, &out), XD_E_MEMORY);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("file");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, reads_back_what_was_written);
    tcase_add_test(tc, the_mode_is_not_masked);
    tcase_add_test(tc, a_relative_name_is_written_too);
    tcase_add_test(tc, reads_up_to_the_limit);
    tcase_add_test(tc, reading_says_what_was_wrong);
    tcase_add_test(tc, an_empty_file_is_empty_text);
    tcase_add_test(tc, standard_input_is_a_dash);
    tcase_add_test(tc, maps_or_reads);
    tcase_add_test(tc, a_failed_write_leaves_the_old);
    tcase_add_test(tc, a_write_that_cannot_be_says_why);
    tcase_add_test(tc, makes_folders_once_and_again);
    tcase_add_loop_test(tc, a_secret_is_tight_and_one_line, 0,
        (int) (sizeof(secrets) / sizeof(secrets[0])));
    tcase_add_test(tc, a_secret_that_is_not_there);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
