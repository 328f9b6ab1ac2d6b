/* SPDX-License-Identifier: BSD-2-Clause */

/* A folder by its descriptor: nothing outside is reached, nothing in it is
 * overwritten. */

#include "fixture.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

static folder_t a, b;
static int rename_errno; /* what renameat2 answers; 0: as the kernel does */


/* In the place of the C library's: a file system without the flag, played. */
int
renameat2(int from, const char *name, int to, const char *as, unsigned flags)
{
    if (rename_errno != 0) {
        errno = rename_errno;
        return -1;
    }

    return (int) syscall(SYS_renameat2, from, name, to, as, flags);
}


static void
open_both(void)
{
    setup();
    rename_errno = 0;
    a = FOLDER(at("in"));
    b = FOLDER(at("out"));
    ck_assert(folder_open(&a, 0));
    ck_assert(folder_open(&b, 0));
}


static void
close_both(void)
{
    folder_close(&a);
    folder_close(&b);
    teardown();
}


START_TEST(is_made_only_when_asked)
{
    folder_t c = FOLDER(at("new"));

    ck_assert(!folder_open(&c, 0));
    ck_assert_int_eq(errno, ENOENT);
    ck_assert(folder_open(&c, 0700));
    ck_assert(folder_open(&c, 0700));
    ck_assert(!folder_same(&a, &c));
    ck_assert(!folder_moved(&c));

    ck_assert_int_eq(rename(at("new"), at("old")), 0);
    ck_assert(folder_moved(&c));
    make_folder("new");
    ck_assert(folder_moved(&c));
    folder_close(&c);
    ck_assert_int_eq(c.fd, -1);

    write_file("file", "x");
    c = FOLDER(at("file"));
    ck_assert(!folder_open(&c, 0));
    ck_assert_int_eq(errno, ENOTDIR);
}
END_TEST


START_TEST(puts_a_file_whole)
{
    struct stat st;

    ck_assert(folder_put(&a, "x", XD_STR("one"), 0640, NULL));
    ck_assert_str_eq(content("in/x"), "one");
    ck_assert_int_eq(stat(at("in/x"), &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0640);

    ck_assert(folder_put(&a, "x", XD_STR("two"), 0640, NULL));
    ck_assert_str_eq(content("in/x"), "two");
    ck_assert_str_eq(names("in"), "x");

    /* What a crash left, or somebody laid there. */
    write_file("out/target", "mine");
    ck_assert_int_eq(symlink(at("out/target"), at("in/.x")), 0);
    ck_assert(folder_put(&a, "x", XD_STR("three"), 0640, NULL));
    ck_assert_str_eq(content("in/x"), "three");
    ck_assert_str_eq(content("out/target"), "mine");
    ck_assert_str_eq(names("in"), "x");
}
END_TEST


START_TEST(says_why_it_cannot_put)
{
    char name[NAME_MAX + 1];

    memset(name, 'a', sizeof(name));
    name[NAME_MAX] = '\0';
    ck_assert(!folder_put(&a, name, XD_STR("x"), 0640, NULL));
    ck_assert_int_eq(errno, ENAMETOOLONG);

    make_folder("in/x");
    ck_assert(!folder_put(&a, "x", XD_STR("x"), 0640, NULL));
    ck_assert_int_eq(errno, EISDIR);
    ck_assert_str_eq(names("in"), "x");

    make_folder("in/.y");
    ck_assert(!folder_put(&a, "y", XD_STR("x"), 0640, NULL));
    ck_assert_str_eq(names("in"), ".y x");
}
END_TEST


START_TEST(gives_files_to_the_folders_group)
{
    struct stat st;

    if (getuid() != 0) {
        return; /* only root may give to any group */
    }

    ck_assert_int_eq(chown(at("out"), 0, 12345), 0);
    ck_assert(folder_put(&a, "x", XD_STR("x"), 0640, &b));
    ck_assert_int_eq(stat(at("in/x"), &st), 0);
    ck_assert_uint_ne(st.st_gid, 12345);

    ck_assert_int_eq(chmod(at("out"), 02770), 0);
    ck_assert(folder_put(&a, "y", XD_STR("x"), 0640, &b));
    ck_assert_int_eq(stat(at("in/y"), &st), 0);
    ck_assert_uint_eq(st.st_gid, 12345);
    ck_assert_uint_eq(st.st_mode & 0777, 0640);

    ck_assert(folder_put(&a, "z", XD_STR("x"), 0640, NULL));
    ck_assert_int_eq(stat(at("in/z"), &st), 0);
    ck_assert_uint_ne(st.st_gid, 12345);
}
END_TEST


static xd_rc_t
read_most(const char *name, size_t most, xd_str_t *bytes, struct stat *st)
{
    *bytes = XD_STR_NONE;

    return folder_read(&a, name, most, arena, bytes, st);
}


START_TEST(reads_a_regular_file)
{
    struct stat st;
    xd_str_t bytes;

    write_file("in/x", "hello");
    ck_assert_int_eq(read_most("x", 5, &bytes, &st), XD_OK);
    ck_assert(xd_str_is(bytes, "hello"));
    ck_assert_int_eq(st.st_size, 5);

    ck_assert_int_eq(read_most("x", 4, &bytes, &st), XD_E_LIMIT);
    ck_assert_int_eq(st.st_size, 5);

    write_file("in/empty", "");
    ck_assert_int_eq(read_most("empty", 5, &bytes, &st), XD_OK);
    ck_assert_uint_eq(bytes.len, 0);

    ck_assert_int_eq(read_most("none", 5, &bytes, &st), XD_E_IO);
    ck_assert_int_eq(errno, ENOENT);

    xd_arena_fail_at(arena, 1);
    ck_assert_int_eq(folder_read(&a, "x", 5, arena, &bytes, &st), XD_E_MEMORY);
}
END_TEST


static void
make_socket(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    (void) snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    ck_assert_int_eq(bind(fd, (struct sockaddr *) &address, sizeof(address)),
        0);
    ck_assert_int_eq(close(fd), 0);
}


START_TEST(reads_nothing_else)
{
    struct stat st;
    xd_str_t bytes;

    write_file("out/secret", "secret");
    ck_assert_int_eq(symlink(at("out/secret"), at("in/link")), 0);
    ck_assert_int_eq(read_most("link", 99, &bytes, &st), XD_E_CONFLICT);
    ck_assert(S_ISLNK(st.st_mode));

    ck_assert_int_eq(link(at("out/secret"), at("in/hard")), 0);
    ck_assert_int_eq(read_most("hard", 99, &bytes, &st), XD_E_CONFLICT);
    ck_assert_uint_eq(st.st_nlink, 2);

    ck_assert_int_eq(mkfifo(at("in/pipe"), 0600), 0);
    ck_assert_int_eq(read_most("pipe", 99, &bytes, &st), XD_E_CONFLICT);
    ck_assert(S_ISFIFO(st.st_mode));

    make_socket(at("in/socket"));
    ck_assert_int_eq(read_most("socket", 99, &bytes, &st), XD_E_CONFLICT);
    ck_assert(S_ISSOCK(st.st_mode));

    make_folder("in/folder");
    ck_assert_int_eq(read_most("folder", 99, &bytes, &st), XD_E_CONFLICT);
    ck_assert(S_ISDIR(st.st_mode));
    ck_assert_uint_eq(bytes.len, 0);
}
END_TEST


/* By renameat2, and without it. */
static const int move_errnos[] = { 0, EINVAL, ENOSYS };


START_TEST(moves_onto_nothing)
{
    rename_errno = move_errnos[_i];
    write_file("in/x", "new");
    write_file("out/x", "old");

    ck_assert(!folder_move(&a, "x", &b, "x"));
    ck_assert_int_eq(errno, EEXIST);
    ck_assert_str_eq(content("out/x"), "old");
    ck_assert_str_eq(content("in/x"), "new");

    /* A link that leads nowhere is there too. */
    ck_assert_int_eq(symlink("nowhere", at("out/y")), 0);
    ck_assert(!folder_move(&a, "x", &b, "y"));
    ck_assert_int_eq(errno, EEXIST);

    ck_assert(folder_move(&a, "x", &b, "z"));
    ck_assert_str_eq(content("out/z"), "new");
    ck_assert_str_eq(names("in"), "");

    ck_assert(!folder_move(&a, "x", &b, "q"));
    ck_assert_int_eq(errno, ENOENT);

    rename_errno = EXDEV;
    ck_assert(!folder_move(&b, "z", &a, "z"));
    ck_assert_int_eq(errno, EXDEV);
}
END_TEST


static void
note(void *ctx, const char *name)
{
    (void) snprintf((char *) ctx + strlen(ctx), 100, "[%s]", name);
}


/* Twice alike: the position of the descriptor is not moved. */
START_TEST(sees_each_name)
{
    char seen[300] = "";

    write_file("in/x", "");
    write_file("in/.y", "");
    for (int i = 0; i < 2; i++) {
        ck_assert(folder_each(&a, note, seen));
    }
    ck_assert_uint_eq(strlen(seen), 2 * strlen("[x][.y]"));
    ck_assert_ptr_nonnull(strstr(seen, "[x]"));
    ck_assert_ptr_nonnull(strstr(seen, "[.y]"));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("file");
    TCase *tc = tcase_create("folder");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, open_both, close_both);
    tcase_add_test(tc, is_made_only_when_asked);
    tcase_add_test(tc, puts_a_file_whole);
    tcase_add_test(tc, says_why_it_cannot_put);
    tcase_add_test(tc, gives_files_to_the_folders_group);
    tcase_add_test(tc, reads_a_regular_file);
    tcase_add_test(tc, reads_nothing_else);
    tcase_add_loop_test(tc, moves_onto_nothing, 0, 3);
    tcase_add_test(tc, sees_each_name);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
